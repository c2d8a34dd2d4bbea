"""What whoever runs the service sees of it: figures for Prometheus, a line of the log for each request.

Nothing here comes from what people typed. A label or a field that names an address is the address's template, and
there are as many of those as there are routes.
"""
