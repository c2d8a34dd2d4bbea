"""HTTP and the command line, where the parts are put together. It holds no search logic."""
