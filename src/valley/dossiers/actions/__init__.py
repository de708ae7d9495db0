"""What may be done with qualification dossiers?"""
