module quarterdeck/testbed/churn

go 1.24.0
