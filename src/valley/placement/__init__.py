"""The room of group placement: where the people of a redundancy can go, what blocks them, and which courses help."""
