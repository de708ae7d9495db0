"""What can a person do, who says so, and who may read which part of it until when?"""
