digestSearch.load("column-code","e27aa9","$###");
