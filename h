{
"case": {
 "1": {"id":"case_r7uzwalvea23","schema":1,"name":"h","title":"h"}
},
"log": {
 "1": {"sequence":0,"hash":"ee1242bb33a342e40a5641b82c2b677a7e52f00418092ad769cc5dbf8c597103","records":"ee1242bb33a342e40a5641b82c2b677a7e52f00418092ad769cc5dbf8c597103","seal":"b415b9c35aef4a9325f706ff0786fc3dc332780872da2eb924276bce4c8950a2"}
}
}
