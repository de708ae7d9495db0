"""The room of chains: what a chain of jobs towards a diploma reckons with, and how it is told; it knows no person."""
