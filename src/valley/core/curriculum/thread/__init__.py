"""What do all these employers share: the red thread of competences, with every test that tried to break it?"""
