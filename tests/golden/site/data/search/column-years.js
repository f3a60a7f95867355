digestSearch.load("column-years","e27aa9","$###");
