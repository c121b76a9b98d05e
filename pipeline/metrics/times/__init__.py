"""When each number holds, and whether it tells what is or what is to be."""
