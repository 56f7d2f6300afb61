"""The bare libraries, as fast as they go: what Parvis is measured beside."""
