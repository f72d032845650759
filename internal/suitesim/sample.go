package suitesim

import (
	"strconv"
	"strings"
)

// sample gives a product its tables and a little synthetic data, so that backups and migrations have something to compare.
// Data of two databases differs by their names, so that one contract's is never taken for another's. What is there already
// stays.
func sample(code, owner string, data *Database, files *Files) error {
	product := strings.ToLower(code)
	person, document := product+"_person", product+"_document"
	if _, there := data.Tables[document]; there {
		return nil
	}
	if err := data.Create(person, "id", "name"); err != nil {
		return err
	}
	if err := data.Create(document, "id", "title", "body"); err != nil {
		return err
	}
	for i := 1; i <= 3; i++ {
		number := strconv.Itoa(i)
		name, file := "员工 "+number, product+"/attachment-"+number+".txt"
		if err := data.Insert(person, number, name); err != nil {
			return err
		}
		// Quotes, a backslash and a new line: what a careless dump would spoil.
		if err := data.Insert(document, number, owner+" 文件 "+number, name+`'s "draft" \ `+"\n见 "+file); err != nil {
			return err
		}
		if err := files.Add(file, []byte(owner+" "+product+" "+number+"\n")); err != nil {
			return err
		}
	}
	return nil
}
