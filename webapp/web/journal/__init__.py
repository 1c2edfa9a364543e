"""What a person keeps on their phone about their back."""
