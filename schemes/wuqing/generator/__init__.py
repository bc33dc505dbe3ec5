"""The maker of the example's facts (示例数据，均为虚构): what generate.py calls."""
