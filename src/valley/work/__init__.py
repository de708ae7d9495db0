"""What does an organisation offer and ask: role profiles and openings?"""
