package suitesim

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lvyue/internal/contract"
)

// command is one verb of `suite`: how many words follow it, how they are written, and what it does.
type command struct {
	words int
	usage string
	do    func(s *System, words []string, world World) (string, error)
}

func commands() map[string]command {
	return map[string]command{
		"fetch":    {2, "fetch CODE RELEASE", (*System).fetch},
		"migrate":  {2, "migrate CODE RELEASE", (*System).migrate},
		"start":    {2, "start CODE RELEASE", (*System).start},
		"remove":   {1, "remove CODE", (*System).remove},
		"database": {5, "database HOST PORT NAME USER PASSWORD", (*System).bind},
		"token":    {1, "token TOKEN", (*System).keep},
		"set":      {2, "set NAME VALUE", (*System).set},
		"grow":     {0, "grow", (*System).grow},
		"join":     {1, "join ADDRESS", (*System).join},
		"upgrade":  {0, "upgrade", (*System).upgrade},
	}
}

// suite performs one command; words begin with the verb.
func (s *System) suite(words []string, world World) (string, error) {
	if len(words) == 0 {
		return "", &failure{exitUsage, "suite: which command?"}
	}
	c, ok := commands()[words[0]]
	if !ok {
		return "", &failure{exitUsage, "suite: there is no command " + words[0]}
	}
	if len(words)-1 != c.words {
		return "", &failure{exitUsage, "usage: suite " + c.usage}
	}
	return c.do(s, words[1:], world)
}

// release is how a release is written.
var release = regexp.MustCompile(`^[0-9]+(\.[0-9]+){1,3}$`)

// wanted reads CODE and RELEASE.
func wanted(words []string) (code, number string, err error) {
	code = strings.ToUpper(words[0])
	known := slices.ContainsFunc(contract.Catalogue(), func(e contract.CatalogueEntry) bool { return string(e.Code) == code })
	if !known || words[0] == code {
		return "", "", failed("there is no product %s", words[0])
	}
	if len(words) == 1 {
		return code, "", nil
	}
	if !release.MatchString(words[1]) {
		return "", "", failed("%s has no release %s", words[0], words[1])
	}
	return code, words[1], nil
}

// fetch brings a release onto the server. One that runs goes on running until another is started.
func (s *System) fetch(words []string, _ World) (string, error) {
	code, number, err := wanted(words)
	if err != nil {
		return "", err
	}
	if s.Products == nil {
		s.Products = map[string]*Product{}
	}
	if s.Products[code] == nil {
		s.Products[code] = &Product{}
	}
	s.Products[code].Fetched = number
	return code + " " + number + " fetched", nil
}

// migrate brings the database, and the files, to what the release needs; they are shared by all nodes of a cluster.
func (s *System) migrate(words []string, world World) (string, error) {
	code, number, err := wanted(words)
	if err != nil {
		return "", err
	}
	p := s.Products[code]
	switch {
	case p == nil || p.Fetched != number:
		return "", failed("%s %s was not fetched", code, number)
	case s.database(world) == nil:
		return "", failed("no database answers")
	case world.Files(s.Joined) == nil:
		return "", failed("there is no data disk")
	}
	if err := sample(code, s.Database.Name, s.database(world), world.Files(s.Joined)); err != nil {
		return "", failed("migrate %s: %s", code, err)
	}
	p.Migrated = number
	return code + " " + number + " migrated", nil
}

func (s *System) start(words []string, world World) (string, error) {
	code, number, err := wanted(words)
	if err != nil {
		return "", err
	}
	p := s.Products[code]
	switch {
	case p == nil || p.Fetched != number || p.Migrated != number:
		return "", failed("%s %s was not fetched and migrated", code, number)
	case !s.works(world):
		return "", failed("no database answers, or there is no data disk")
	}
	p.Started = number
	return code + " " + number + " started", nil
}

// remove stops a product and takes it off the server; its data stays.
func (s *System) remove(words []string, _ World) (string, error) {
	code, _, err := wanted(words)
	if err != nil {
		return "", err
	}
	delete(s.Products, code)
	return code + " removed", nil
}

// bind keeps which database is used, provided that it takes the account.
func (s *System) bind(words []string, world World) (string, error) {
	port, err := strconv.Atoi(words[1])
	if err != nil {
		return "", failed("%s is no port", words[1])
	}
	account := Binding{Host: words[0], Port: port, Name: words[2], User: words[3], Password: words[4]}
	if world.Database(account) == nil {
		return "", failed("the database %s at %s does not answer or refuses user %s", account.Name, account.Host, account.User)
	}
	s.Database = &account
	return "database " + account.Name + " at " + account.Host, nil
}

func (s *System) keep(words []string, _ World) (string, error) {
	s.Token = words[0]
	return "token kept", nil
}

func (s *System) set(words []string, _ World) (string, error) {
	if !identifier.MatchString(words[0]) {
		return "", failed("%s is no parameter", words[0])
	}
	if s.Settings == nil {
		s.Settings = map[string]string{}
	}
	s.Settings[words[0]] = words[1]
	return words[0] + " = " + words[1], nil
}

// grow never shrinks, as file systems do not.
func (s *System) grow(_ []string, world World) (string, error) {
	s.DiskGB = max(s.DiskGB, world.DiskGB())
	return "file system of " + strconv.Itoa(s.DiskGB) + " GB", nil
}

func (s *System) join(words []string, world World) (string, error) {
	if world.Files(words[0]) == nil {
		return "", failed("no node answers at %s", words[0])
	}
	s.Joined = words[0]
	return "files of " + words[0], nil
}

// upgrade turns a 32-bit system into one of 64 bits (§3.7).
func (s *System) upgrade([]string, World) (string, error) {
	s.Bits = 64
	return "64-bit", nil
}
