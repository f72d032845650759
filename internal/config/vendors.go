package config

import (
	"strings"
	"time"

	"lvyue/internal/failure"
)

// Cloud is the vendor that a worker buys from.
type Cloud string

// The clouds (LVYUE_CLOUD). There is no default: nobody should buy machines, or believe that they were
// bought, by accident.
const (
	Aliyun    Cloud = "aliyun"
	AliyunSim Cloud = "aliyunsim"
)

// Vendors are the counterparties of a worker.
type Vendors struct {
	Cloud Cloud
	// AccessKeyID, AccessKeySecret and SecurityToken are the account at Aliyun (LVYUE_ALIYUN_ACCESS_KEY_ID,
	// LVYUE_ALIYUN_ACCESS_KEY_SECRET, LVYUE_ALIYUN_SECURITY_TOKEN, each also with _FILE).
	AccessKeyID     Secret
	AccessKeySecret Secret
	SecurityToken   Secret
	// SimulatorURL is a running simulator (LVYUE_ALIYUNSIM_URL); empty means that the worker starts its own.
	SimulatorURL string
	// Image is the vendor's id of the image that servers start from (LVYUE_ALIYUN_IMAGE): it has the command suite. Empty in
	// the simulator.
	Image string
	// Domain is the zone of the vendor's DNS in which the hosts of forms lie (LVYUE_DOMAIN); empty: records are made by hand.
	Domain string
	// SystemSecret is what the secrets of all systems follow from (LVYUE_SYSTEM_SECRET): their operators' tokens and the
	// passwords of their databases. Whoever changes it is locked out of the systems that there are.
	SystemSecret Secret
	// MeasureFor is how long a load acceptance drives a system (LVYUE_ACCEPTANCE_SECONDS, 1 to 3600; default a minute, and a
	// moment in the simulator).
	MeasureFor time.Duration
}

const (
	measureFor         = time.Minute
	measureSimulated   = 300 * time.Millisecond
	mostMeasureSeconds = 3600
)

func readVendors(r *reader) Vendors {
	v := Vendors{
		Cloud:           Cloud(r.text("LVYUE_CLOUD")),
		AccessKeyID:     r.secret("LVYUE_ALIYUN_ACCESS_KEY_ID"),
		AccessKeySecret: r.secret("LVYUE_ALIYUN_ACCESS_KEY_SECRET"),
		SecurityToken:   r.secret("LVYUE_ALIYUN_SECURITY_TOKEN"),
		SimulatorURL:    r.text("LVYUE_ALIYUNSIM_URL"),
		Image:           r.text("LVYUE_ALIYUN_IMAGE"),
		Domain:          r.text("LVYUE_DOMAIN"),
		SystemSecret:    r.secret("LVYUE_SYSTEM_SECRET"),
	}
	v.MeasureFor = r.seconds("LVYUE_ACCEPTANCE_SECONDS", measured(v.Cloud), mostMeasureSeconds)
	return v
}

func measured(cloud Cloud) time.Duration {
	if cloud == AliyunSim {
		return measureSimulated
	}
	return measureFor
}

// Check tells whether a worker may start with these vendors. The failure is "no_cloud" when none or an
// unknown one is named, "no_credentials" when the real one is named without an account, "no_system_secret" and "no_image"
// when it is named without those.
func (v Vendors) Check() error {
	switch v.Cloud {
	case AliyunSim:
		return nil
	case Aliyun:
		if err := v.checkAccount(); err != nil {
			return err
		}
		return v.checkSystems()
	default:
		return failure.New("no_cloud", nil,
			"没有选定云：请设置 LVYUE_CLOUD=aliyun（真实购买）或 LVYUE_CLOUD=aliyunsim（本地模拟）；引擎不会替您选择",
			"no cloud is chosen: set LVYUE_CLOUD=aliyun (real purchases) or LVYUE_CLOUD=aliyunsim (the local "+
				"simulator); the engine does not choose for you")
	}
}

func (v Vendors) checkAccount() error {
	if v.AccessKeyID != "" && v.AccessKeySecret != "" {
		return nil
	}
	return failure.New("no_credentials", nil,
		"LVYUE_CLOUD=aliyun 需要 LVYUE_ALIYUN_ACCESS_KEY_ID 和 LVYUE_ALIYUN_ACCESS_KEY_SECRET（或其 _FILE 形式）",
		"LVYUE_CLOUD=aliyun needs LVYUE_ALIYUN_ACCESS_KEY_ID and LVYUE_ALIYUN_ACCESS_KEY_SECRET (or their _FILE forms)")
}

func (v Vendors) checkSystems() error {
	switch {
	case v.SystemSecret == "":
		return failure.New("no_system_secret", nil,
			"LVYUE_CLOUD=aliyun 需要 LVYUE_SYSTEM_SECRET（或 LVYUE_SYSTEM_SECRET_FILE）：各系统的口令由它导出",
			"LVYUE_CLOUD=aliyun needs LVYUE_SYSTEM_SECRET (or LVYUE_SYSTEM_SECRET_FILE): the secrets of all systems follow from it")
	case v.Image == "":
		return failure.New("no_image", nil,
			"LVYUE_CLOUD=aliyun 需要 LVYUE_ALIYUN_IMAGE：含 suite 命令的镜像（docs/cloud.zh-CN.md）",
			"LVYUE_CLOUD=aliyun needs LVYUE_ALIYUN_IMAGE: an image that has the command suite (docs/cloud.md)")
	default:
		return nil
	}
}

func trimNewline(data []byte) string { return strings.TrimRight(string(data), "\r\n") }
