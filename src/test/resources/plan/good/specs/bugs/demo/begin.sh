echo begin
