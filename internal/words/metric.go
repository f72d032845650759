package words

import (
	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
	"lvyue/internal/warning"
)

// Metric is what is measured of a server or a database.
func Metric(m hosting.Metric) refusal.Text {
	return lookup(map[hosting.Metric]refusal.Text{
		hosting.CPU:         {ZH: "CPU", EN: "CPU"},
		hosting.Memory:      {ZH: "内存", EN: "memory"},
		hosting.Storage:     {ZH: "存储", EN: "storage"},
		hosting.Connections: {ZH: "连接数", EN: "connections"},
	}, m, itself(m))
}

// Class is how bad a warning is.
func Class(c warning.Class) refusal.Text {
	switch c {
	case warning.Critical:
		return refusal.Text{ZH: "危急", EN: "critical"}
	case warning.Urgent:
		return refusal.Text{ZH: "紧急", EN: "urgent"}
	case warning.Near, warning.Calm:
	}
	return refusal.Text{ZH: "提前预警", EN: "early"}
}
