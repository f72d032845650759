package sizing

import "slices"

// LargerServer reports whether an instance type is more than another by the table of sizes. Of types that are not in the table
// nobody can tell: one that differs counts as larger, since a person has asked for it.
func LargerServer(kind, than string) bool {
	return larger(kind, than, func(s step) string { return s.serverType })
}

// LargerDatabase is LargerServer for database classes.
func LargerDatabase(class, than string) bool {
	return larger(class, than, func(s step) string { return s.databaseOf })
}

func larger(asked, than string, name func(step) string) bool {
	place := func(size string) int {
		return slices.IndexFunc(steps(), func(s step) bool { return name(s) == size })
	}
	to, from := place(asked), place(than)
	if to < 0 || from < 0 {
		return asked != "" && asked != than
	}
	return to > from
}
