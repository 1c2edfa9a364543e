"""What pages share: the frame, components, and the views that those need."""
