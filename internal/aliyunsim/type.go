package aliyunsim

import (
	"strconv"
	"strings"
)

// cores is how many an instance type has, by the size at the end of its name: "ecs.g7.large" has 2, "ecs.g7.xlarge" 4,
// "ecs.g7.8xlarge" 32. A name of another form counts as the smallest.
func cores(instanceType string) int {
	size := instanceType[strings.LastIndex(instanceType, ".")+1:]
	times, extra := strings.CutSuffix(size, "xlarge")
	switch n, err := strconv.Atoi(times); {
	case extra && times == "":
		return 4
	case extra && err == nil && n > 0:
		return 4 * n
	}
	return 2
}

// memoryMB is what an instance type has beside its cores: 4 GiB a core, 2 in the families for computing (c), 8 in those for
// memory (r).
func memoryMB(instanceType string) int {
	perCore := 4
	switch _, family, _ := strings.Cut(instanceType, "."); {
	case strings.HasPrefix(family, "c"):
		perCore = 2
	case strings.HasPrefix(family, "r"):
		perCore = 8
	}
	return cores(instanceType) * perCore << 10
}

// requestsPerCore is how many requests of users one core carries a second: those of 50 who each ask three times in two seconds.
const requestsPerCore = 75
