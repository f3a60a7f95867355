digestSearch.load("s-7","608d15","seminar1");
