package config

import "strings"

// Language is zh or en, by the variables that POSIX names, in their order; en if none of them says zh.
func Language(env Env) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value, _ := env.LookupEnv(name); value != "" {
			if strings.HasPrefix(strings.ToLower(value), "zh") {
				return "zh"
			}
			return "en"
		}
	}
	return "en"
}
