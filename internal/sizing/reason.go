package sizing

import (
	"fmt"
	"strconv"

	"lvyue/internal/refusal"
)

// Number is one number of a deployment and why it is what it is.
type Number struct {
	// Name is that of the field or of the parameter, "server_disk_gb", "workers".
	Name  string       `json:"name"`
	Value string       `json:"value"`
	Why   refusal.Text `json:"why"`
}

// Numbers are the numbers of the shape that For gives the load, each with its reason (§1.3, §3.2).
func Numbers(load Load) []Number {
	shape, size := For(load), sizeFor(load)
	return []Number{
		{"server_type", shape.ServerType, size.reason(load.Concurrent, "服务器", "server")},
		{"server_disk_gb", strconv.Itoa(shape.ServerDiskGB), room(load.DiskGB, shape.ServerDiskGB, "附件和图片", "attachments and pictures")},
		{"database_class", shape.DatabaseClass, size.reason(load.Concurrent, "数据库", "database")},
		{"database_gb", strconv.Itoa(shape.DatabaseGB), room(load.DatabaseGB, shape.DatabaseGB, "数据库", "the database")},
	}
}

// reason says why a size is the right one for so many users.
func (s step) reason(users int, zh, en string) refusal.Text {
	if users > s.concurrent {
		return refusal.Text{
			ZH: fmt.Sprintf("%d 个并发用户超过单台%s的上限 %d 个：须建集群（§3.5）", users, zh, s.concurrent),
			EN: fmt.Sprintf("%d concurrent users are more than the %d of the largest single %s: a cluster is needed (§3.5)", users, s.concurrent, en),
		}
	}
	return refusal.Text{
		ZH: fmt.Sprintf("%d 个并发用户，每核承载 %d 个：%d 核 %d GB 内存的%s可承载 %d 个，是够用的最小规格", users, perCore, s.cores(), s.memoryGB(), zh, s.concurrent),
		EN: fmt.Sprintf("%d concurrent users at %d to a core: a %s of %d cores and %d GB of memory carries %d, the smallest that is enough", users, perCore, en, s.cores(), s.memoryGB(), s.concurrent),
	}
}

// room says why so many gigabytes are bought for those asked for.
func room(asked, bought int, zh, en string) refusal.Text {
	why := refusal.Text{
		ZH: fmt.Sprintf("合同约定%s需要 %d GB", zh, asked),
		EN: fmt.Sprintf("the contract asks %d GB for %s", asked, en),
	}
	switch {
	case bought > asked:
		why.ZH += fmt.Sprintf("；阿里云所售的下一个容量是 %d GB", bought)
		why.EN += fmt.Sprintf("; the next size that Aliyun sells is %d GB", bought)
	case bought < asked:
		why.ZH += fmt.Sprintf("，超过单块的上限 %d GB：须建集群（§3.5）", bought)
		why.EN += fmt.Sprintf(", more than the %d GB of the largest single one: a cluster is needed (§3.5)", bought)
	}
	return why
}
