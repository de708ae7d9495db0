"""Who is someone, for whom may they act, and what does every room need to stay honest? Below all rooms."""
