"""The local preview server: build, serve, watch, build again, tell the browsers."""
