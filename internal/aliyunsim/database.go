package aliyunsim

import (
	"encoding/json"
	"net/http"
	"strconv"

	"lvyue/internal/hosting"
)

const noDatabase = "InvalidDBInstanceId.NotFound"

// createDatabase orders a MySQL database, pay-as-you-go or paid ahead; it runs after the simulator's delay.
func createDatabase(s *state, c call) (answer, error) {
	if pays := c.text("PayType"); pays != "Postpaid" && pays != "Prepaid" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "PayType %s is not simulated.", pays)
	}
	gb := c.number("DBInstanceStorage")
	if gb < 20 || gb%5 != 0 {
		return nil, refuse(http.StatusBadRequest, "InvalidStorage.Format", "Specified storage is not valid.")
	}
	vswitch, err := s.get(hosting.VSwitch, c.region(), c.text("VSwitchId"), noVSwitch)
	if err != nil {
		return nil, err
	}
	if c.text("VPCId") != vswitch.VPC || c.text("ZoneId") != vswitch.Zone {
		return nil, refuse(http.StatusBadRequest, "InvalidVSwitchId.NotFound", "Specified virtual switch is not in the VPC and zone.")
	}
	if err := s.sold(c.text("DBInstanceClass")); err != nil {
		return nil, err
	}
	paid, err := s.payForDatabase(c)
	if err != nil {
		return nil, err
	}
	t := s.add("rm-", c.text("ClientToken"), thing{
		Type: c.text("DBInstanceClass"), GB: c.number("DBInstanceStorage"), Subscription: paid,
		Inner: &inner{Whitelist: c.text("SecurityIPList")},
		Kind:  hosting.Database, Region: vswitch.Region, Zone: vswitch.Zone, Name: c.text("DBInstanceDescription"),
		Tags: c.tags(), VPC: vswitch.VPC, VSwitch: vswitch.ID, CreatedAt: c.now, ReadyAt: c.now.Add(c.delay),
	})
	return answer{
		"DBInstanceId": t.ID, "ConnectionString": t.host(), "Port": databasePort,
		"OrderId": "200000000000" + strconv.Itoa(s.Ordered), "TagResult": true,
	}, nil
}

// payForDatabase pays ahead where that is asked for.
func (s *state) payForDatabase(c call) (*subscription, error) {
	if c.text("PayType") != "Prepaid" {
		return nil, s.solvent()
	}
	unit, units := c.text("Period"), c.number("UsedTime")
	q, err := s.tariff.term(databasePrice(c.text("DBInstanceClass"), c.number("DBInstanceStorage")), unit, units)
	if err != nil {
		return nil, err
	}
	if _, err := s.pay(c.now, purchase{Product: "rds", Type: "New"}, q); err != nil {
		return nil, err
	}
	return &subscription{Since: c.now, Until: until(c.now, unit, units), Paid: q.trade}, nil
}

func describeDatabases(s *state, c call) (answer, error) {
	var tags map[string]string
	if text := c.text("Tags"); text != "" {
		if err := json.Unmarshal([]byte(text), &tags); err != nil {
			return nil, invalid("The value of Tags is not a JSON object.")
		}
	}
	f := filter{kind: hosting.Database, ids: words(c.text("DBInstanceId")), vpc: c.text("VpcId"), tags: tags, only: func(t *thing) bool {
		return t.expired(c.now) == (c.text("Expired") == "True")
	}}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 30, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageRecordCount": len(p.things), "TotalRecordCount": p.of,
		"Items": answer{"DBInstance": p.each(func(t *thing) answer {
			return answer{
				"DBInstanceId": t.ID, "DBInstanceDescription": t.Name, "DBInstanceStatus": t.status(c.now),
				"RegionId": t.Region, "ZoneId": t.Zone, "VpcId": t.VPC, "VSwitchId": t.VSwitch,
				"DBInstanceClass": t.Type, "Engine": "MySQL", "EngineVersion": "8.0", "PayType": t.charge("Prepaid", "Postpaid"),
				"CreateTime": instant(t.CreatedAt),
			}
		})},
	}, nil
}

// runningDatabase finds the database that the call names, and refuses while it is still being made.
func (s *state) runningDatabase(c call) (*thing, error) {
	t, err := s.get(hosting.Database, c.region(), c.text("DBInstanceId"), noDatabase)
	if err != nil {
		return nil, err
	}
	if t.expired(c.now) {
		return nil, refuse(http.StatusForbidden, "OperationDenied.LockMode", "The instance %s has expired.", t.ID)
	}
	if t.status(c.now) != "Running" && !c.early {
		return nil, refuse(http.StatusForbidden, "OperationDenied.DBInstanceStatus", "The operation is not permitted due to instance status.")
	}
	return t, nil
}

// setBackupPolicy knows one policy: what is kept of the backups when the database is released. "Lastest" is the
// vendor's own spelling, and its default.
func setBackupPolicy(s *state, c call) (answer, error) {
	t, err := s.runningDatabase(c)
	if err != nil {
		return nil, err
	}
	if mode := c.text("BackupPolicyMode"); mode != "DataBackupPolicy" {
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "BackupPolicyMode %s is not simulated.", mode)
	}
	switch policy := c.text("ReleasedKeepPolicy"); policy {
	case "None", "Lastest", "All":
		t.KeepNoBackup, t.KeepAllBackups = policy == "None", policy == "All"
	default:
		return nil, refuse(http.StatusBadRequest, "InvalidReleasedKeepPolicy.Format", "Specified ReleasedKeepPolicy is not valid.")
	}
	return answer{"DBInstanceID": t.ID}, nil
}

// deleteDatabase leaves a backup behind unless the policy says otherwise: as with the vendor's cloud disks, the
// wish in the deletion itself does not count.
func deleteDatabase(s *state, c call) (answer, error) {
	t, err := s.runningDatabase(c)
	if err != nil {
		return nil, err
	}
	if err := t.mayGo(c.now); err != nil {
		return nil, err
	}
	delete(s.Things, t.ID)
	s.releaseBackups(t, c.now)
	return answer{"RegionId": t.Region}, nil
}
