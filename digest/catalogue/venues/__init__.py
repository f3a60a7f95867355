"""Where papers appeared: read from venue fields, journal references and comments."""
