"""What other programs fetch of a search: feeds, exports, and what lets browsers and search engines find the service."""
