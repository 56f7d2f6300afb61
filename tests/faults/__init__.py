"""What fails under a bot at work: platforms, connections, databases, disks, clocks. People see each thing once."""
