"""What teachers do about what others have written."""
