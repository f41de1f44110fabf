module quarterdeck/testbed/web

go 1.24.0
