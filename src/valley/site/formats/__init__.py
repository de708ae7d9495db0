"""How are days written in a language, where Django's own way is not that of the region?"""
