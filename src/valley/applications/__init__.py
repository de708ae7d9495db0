"""The room of applications: a person shares a chosen view for one opening, and both sides say later why it worked."""
