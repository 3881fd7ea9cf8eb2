"""Where things go on a picture, in abstract units; drawn twice, on screen and on paper."""
