package aliyunsim

import (
	"embed"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed parameters/*.txt
var parameterFiles embed.FS

// rule is what may be sent as one parameter. The real vendor ignores what it does not know, which hides
// mistakes; the simulator refuses it, and refuses as well what the vendor knows but the simulator would ignore.
type rule struct {
	required, modelled bool
	reads              string // "int", "float", "bool" or "" for text
}

// table gives the rules by operation ("vpc CreateVpc") and parameter.
type table map[string]map[string]rule

// readTable reads the files, one for each product.
func readTable() table {
	t := table{}
	files, _ := fs.Glob(parameterFiles, "parameters/*.txt") // the pattern is right, and the files are in the program
	for _, file := range files {
		text, _ := parameterFiles.ReadFile(file)
		t.read(string(text))
	}
	return t
}

func (t table) read(text string) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) > 0 && words[0] != "#" {
			t[words[0]+" "+words[1]] = readRules(words[2:])
		}
	}
}

func readRules(words []string) map[string]rule {
	rules, modelled := map[string]rule{}, true
	for _, word := range words {
		if word == "|" {
			modelled = false
			continue
		}
		word, required := strings.CutSuffix(word, "!")
		name, reads, _ := strings.Cut(word, ":")
		rules[name] = rule{required: required, modelled: modelled, reads: reads}
	}
	return rules
}

// check refuses the first parameter, by name, that is unknown, not modelled, of the wrong type or absent.
func (t table) check(operation string, params url.Values) error {
	rules := t[operation]
	for _, name := range slices.Sorted(maps.Keys(params)) {
		r, known := find(rules, name)
		if err := r.check(name, params.Get(name), known); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		for _, one := range occurrences(name, params) {
			if rules[name].required && params.Get(one) == "" {
				return missing(one)
			}
		}
	}
	return nil
}

// occurrences are the parameters that a name stands for: a counted one, for those of the groups that are given, of the first
// in any case.
func occurrences(name string, params url.Values) []string {
	head, rest, counted := strings.Cut(name, ".N")
	if !counted {
		return []string{name}
	}
	var all []string
	for n := 1; ; n++ {
		group := head + "." + strconv.Itoa(n)
		if n > 1 && !params.Has(group) && !(call{params: params}).gives(group+".") {
			return all
		}
		all = append(all, group+rest)
	}
}

func (r rule) check(name, value string, known bool) error {
	switch {
	case !known && isCommon(name):
		return nil
	case !known:
		return invalid("The parameter %s does not exist.", name)
	case !r.modelled:
		return refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "The parameter %s is not simulated.", name)
	case !r.fits(value):
		return invalid("The value of %s is not valid: it must be of type %s.", name, r.reads)
	}
	return nil
}

func (r rule) fits(value string) bool {
	var err error
	switch r.reads {
	case "int":
		_, err = strconv.ParseInt(value, 10, 64)
	case "float":
		_, err = strconv.ParseFloat(value, 64)
	case "bool":
		return value == "true" || value == "false"
	}
	return err == nil
}

var digits = regexp.MustCompile(`\.[1-9][0-9]*(\.|$)`)

// find looks a parameter up: as it is written, with its counters as N, or as any member of a struct.
func find(rules map[string]rule, name string) (rule, bool) {
	counted := digits.ReplaceAllString(name, ".N$1")
	head, _, _ := strings.Cut(name, ".")
	for _, pattern := range []string{name, counted, head + ".*"} {
		if r, ok := rules[pattern]; ok {
			return r, true
		}
	}
	return rule{}, false
}

// isCommon reports whether every operation takes the parameter.
func isCommon(name string) bool {
	return isPerRequest(name) || slices.Contains([]string{
		"Action", "Version", "Format", "RegionId", "OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount",
	}, name)
}

// isPerRequest reports whether the parameter differs when the same order is sent again.
func isPerRequest(name string) bool {
	return slices.Contains([]string{
		"AccessKeyId", "SecurityToken", "Signature", "SignatureMethod", "SignatureNonce", "SignatureType",
		"SignatureVersion", "Timestamp",
	}, name)
}
