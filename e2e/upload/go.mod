module example.com/upload

go 1.25.0
