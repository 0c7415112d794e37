"""The network and its parts: where front and back meet."""
