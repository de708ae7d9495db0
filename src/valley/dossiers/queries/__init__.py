"""What may be asked of the qualification dossiers?"""
