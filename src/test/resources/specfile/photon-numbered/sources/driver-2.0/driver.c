int speed = 1;
