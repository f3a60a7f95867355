digestSearch.load("column-days","627786","2###");
