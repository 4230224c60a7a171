"""Tests that hold the documents and the code together."""
