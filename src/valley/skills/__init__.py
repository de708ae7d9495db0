"""Which words does the whole valley use for what people can do, in Dutch and in English?"""
