digestSearch.load("column-tags","3477c4","%'+#$$#");
