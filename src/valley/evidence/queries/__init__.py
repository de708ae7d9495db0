"""What may be asked of the evidence?"""
