digestSearch.load("column-months","cba84e","%#$#");
