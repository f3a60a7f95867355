digestSearch.load("column-titles","cba84e","%#$#");
