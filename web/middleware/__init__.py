"""What surrounds every request, whichever view answers: who asks, how much, how it is sent, and what is refused."""
