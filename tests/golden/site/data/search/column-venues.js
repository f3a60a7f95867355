digestSearch.load("column-venues","e27aa9","$###");
