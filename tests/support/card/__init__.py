"""Makes the typeface of the picture, and holds facts to draw and what it takes to look at a picture."""
