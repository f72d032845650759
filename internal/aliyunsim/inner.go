package aliyunsim

import (
	"maps"
	"net/http"
	"regexp"
	"slices"

	"lvyue/internal/hosting"
	"lvyue/internal/suitesim"
)

// inner is what there is on a database server: it goes when the server is deleted.
type inner struct {
	Databases map[string]*base    `json:"databases,omitempty"`
	Accounts  map[string]*account `json:"accounts,omitempty"`
	// Whitelist are the blocks of addresses that are let in, in the vendor's words: separated by commas.
	Whitelist string `json:"whitelist"`
}

// base is one database and its data.
type base struct {
	Charset string            `json:"charset"`
	Data    suitesim.Database `json:"data"`
}

// account is who may use which of the databases, and how: "ReadWrite".
type account struct {
	Password string            `json:"password"`
	Rights   map[string]string `json:"rights,omitempty"`
}

// nobody is the vendor's whitelist when nobody gives one: the database itself.
const nobody = "127.0.0.1"

// inside is what is on the database, which must run.
func (s *state) inside(c call) (*thing, *inner, error) {
	t, err := s.get(hosting.Database, c.region(), c.text("DBInstanceId"), noDatabase)
	if err != nil {
		return nil, nil, err
	}
	if t.status(c.now) != "Running" {
		return nil, nil, refuse(http.StatusForbidden, "OperationDenied.DBInstanceStatus", "The operation is not permitted due to instance status.")
	}
	if t.Inner == nil { // one of an older state file
		t.Inner = &inner{Whitelist: nobody}
	}
	return t, t.Inner, nil
}

var baseName = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}[a-z0-9]$`)

func createBase(s *state, c call) (answer, error) {
	_, in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	name := c.text("DBName")
	if !baseName.MatchString(name) {
		return nil, refuse(http.StatusBadRequest, "InvalidDBName.Format", "Specified DB name is not valid.")
	}
	if in.Databases[name] != nil {
		return nil, refuse(http.StatusBadRequest, "InvalidDBName.Duplicate", "Specified DB name already exists in the Aliyun RDS.")
	}
	if in.Databases == nil {
		in.Databases = map[string]*base{}
	}
	in.Databases[name] = &base{Charset: c.text("CharacterSetName")}
	return answer{}, nil
}

// describeBases gives all on one page, and who may use each.
func describeBases(s *state, c call) (answer, error) {
	t, in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	list := []answer{}
	for _, name := range slices.Sorted(maps.Keys(in.Databases)) {
		if asked := c.text("DBName"); asked != "" && asked != name {
			continue
		}
		users := []answer{}
		for _, user := range slices.Sorted(maps.Keys(in.Accounts)) {
			if right := in.Accounts[user].Rights[name]; right != "" {
				users = append(users, answer{"Account": user, "AccountPrivilege": right})
			}
		}
		list = append(list, answer{
			"DBName": name, "DBInstanceId": t.ID, "Engine": "MySQL", "DBStatus": "Running", "CharacterSetName": in.Databases[name].Charset,
			"Accounts": answer{"AccountPrivilegeInfo": users},
		})
	}
	return answer{"Databases": answer{"Database": list}}, nil
}
