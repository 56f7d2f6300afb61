"""What `parvis observe` tells: `looking` asks a platform, `picture` counts (pure), `telling` says it."""
