"""What does this text ask for? Lexical and deterministic, in Dutch, English and German; it proposes, people decide."""
