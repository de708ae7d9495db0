"""What stands on top: settings, addresses, home page, terminal command, base templates and styles."""
