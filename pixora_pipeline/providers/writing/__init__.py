"""Scripts by hosted text models: what they are asked, in what shape they answer, and what a script is made of it."""
